/**
 * What becomes of commands whose reply is lost.
 */
@NullMarked
package io.github.hotplate.benchmark.lostreply;

import org.jspecify.annotations.NullMarked;
