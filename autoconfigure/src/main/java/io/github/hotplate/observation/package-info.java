/**
 * What a client reports about itself: the names of its meters and spans, the advice that
 * records them, and the gauges of its pool.
 */
@NullMarked
package io.github.hotplate.observation;

import org.jspecify.annotations.NullMarked;
