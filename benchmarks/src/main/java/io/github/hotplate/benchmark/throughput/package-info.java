/**
 * How many calls a second the clients make, side by side.
 */
@NullMarked
package io.github.hotplate.benchmark.throughput;

import org.jspecify.annotations.NullMarked;
