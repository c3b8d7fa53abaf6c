/**
 * The chain that every command of a client passes: advice around the executor that
 * routes, and the exceptions that come out of it.
 */
@NullMarked
package io.github.hotplate.execution;

import org.jspecify.annotations.NullMarked;
