/**
 * One version of Hotplate beside another.
 */
@NullMarked
package io.github.hotplate.benchmark.version;

import org.jspecify.annotations.NullMarked;
