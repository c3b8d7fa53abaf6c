/**
 * What the page shows of the client and of the cluster.
 */
@NullMarked
package io.github.hotplate.sample.dashboard;

import org.jspecify.annotations.NullMarked;
