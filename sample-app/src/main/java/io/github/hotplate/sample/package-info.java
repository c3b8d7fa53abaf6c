/**
 * A link board on Redis Cluster: what an application on Hotplate looks like.
 */
@NullMarked
package io.github.hotplate.sample;

import org.jspecify.annotations.NullMarked;
