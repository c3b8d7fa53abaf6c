/**
 * Commands over several slots: split by slot, sent to every node, or run in steps.
 * <p>
 * Internal except for {@link SplitListener}: may change without notice.
 */
@NullMarked
package io.github.hotplate.crossslot;

import org.jspecify.annotations.NullMarked;
