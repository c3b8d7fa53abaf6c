/**
 * What it costs a GET that calls are recorded, counted, kept and measured.
 */
@NullMarked
package io.github.hotplate.benchmark.diagnosis;

import org.jspecify.annotations.NullMarked;
