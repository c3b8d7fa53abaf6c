/**
 * The chain of advice that every command of a client passes.
 */
@NullMarked
package io.github.hotplate.chain;

import org.jspecify.annotations.NullMarked;
