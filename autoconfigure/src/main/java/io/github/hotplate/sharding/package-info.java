/**
 * Independent servers side by side: chooses a server by key and merges replies of all
 * servers.
 */
@NullMarked
package io.github.hotplate.sharding;

import org.jspecify.annotations.NullMarked;
