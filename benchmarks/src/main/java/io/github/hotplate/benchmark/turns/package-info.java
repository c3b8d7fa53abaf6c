/**
 * Calls of several clients in one virtual machine, in turns.
 */
@NullMarked
package io.github.hotplate.benchmark.turns;

import org.jspecify.annotations.NullMarked;
