/** What an operator can set, as records with their defaults, and the strict reading of it. No part of the running monitor. */
@NullMarked
package org.nostrmonitor.config;

import org.jspecify.annotations.NullMarked;
