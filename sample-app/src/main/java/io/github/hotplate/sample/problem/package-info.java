/**
 * Problems to be planted and found again: what makes applications on Redis slow.
 */
@NullMarked
package io.github.hotplate.sample.problem;

import org.jspecify.annotations.NullMarked;
