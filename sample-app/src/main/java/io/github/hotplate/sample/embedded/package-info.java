/**
 * A Redis Cluster of the application's own, for when none is configured.
 */
@NullMarked
package io.github.hotplate.sample.embedded;

import org.jspecify.annotations.NullMarked;
