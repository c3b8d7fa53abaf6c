/**
 * Redis Sentinel: finds the primary and the readable replicas, and listens for failovers.
 */
@NullMarked
package io.github.hotplate.sentinel;

import org.jspecify.annotations.NullMarked;
