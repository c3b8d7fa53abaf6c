/**
 * Learns which node serves which slots, and keeps that current.
 */
@NullMarked
package io.github.hotplate.topology;

import org.jspecify.annotations.NullMarked;
