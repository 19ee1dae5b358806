/** What the templates see: typed records, one for each page, in which every word and number is ready to print. */
@NullMarked
package org.nostrmonitor.http.view;

import org.jspecify.annotations.NullMarked;
