/**
 * The penalty box of independent servers, and the placement of keys among them, as in
 * fluster.
 */
@NullMarked
package io.github.hotplate.penalty;

import org.jspecify.annotations.NullMarked;
