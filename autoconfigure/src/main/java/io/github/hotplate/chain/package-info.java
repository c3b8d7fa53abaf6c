/**
 * Weaves the chain of advice that every command passes.
 * <p>
 * Internal: may change without notice.
 */
@NullMarked
package io.github.hotplate.chain;

import org.jspecify.annotations.NullMarked;
