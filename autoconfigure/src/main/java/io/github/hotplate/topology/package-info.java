/**
 * Which node serves which slots, and how that is learned and kept current.
 */
@NullMarked
package io.github.hotplate.topology;

import org.jspecify.annotations.NullMarked;
