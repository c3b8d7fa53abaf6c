/**
 * Which nodes are ejected because they do not answer, and how stuck callers are released.
 */
@NullMarked
package io.github.hotplate.health;

import org.jspecify.annotations.NullMarked;
