/**
 * A real Redis Cluster in a Docker container, for tests.
 */
@NullMarked
package io.github.hotplate.test.container;

import org.jspecify.annotations.NullMarked;
