/**
 * Real Redis for tests and demonstrations: a cluster, a Sentinel group or a single
 * server, with the faults that production brings.
 */
@NullMarked
package io.github.hotplate.test;

import org.jspecify.annotations.NullMarked;
