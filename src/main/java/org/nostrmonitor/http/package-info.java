/** What people and programs see: pages, API, health, metrics. Reads what is stored and decides nothing. */
@NullMarked
package org.nostrmonitor.http;

import org.jspecify.annotations.NullMarked;
