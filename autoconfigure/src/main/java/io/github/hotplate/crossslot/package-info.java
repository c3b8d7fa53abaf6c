/**
 * Commands over several slots: split by slot, sent to every node, or run in steps.
 */
@NullMarked
package io.github.hotplate.crossslot;

import org.jspecify.annotations.NullMarked;
