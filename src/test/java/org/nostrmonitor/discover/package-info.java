/** Reading other monitors on real sockets, from relays that are honest and relays that are not. */
@NullMarked
package org.nostrmonitor.discover;

import org.jspecify.annotations.NullMarked;
