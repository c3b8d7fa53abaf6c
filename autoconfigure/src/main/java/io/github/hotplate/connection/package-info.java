/**
 * Spring Data Redis' side of a client: connections whose commands all pass the client's
 * executor.
 */
@NullMarked
package io.github.hotplate.connection;

import org.jspecify.annotations.NullMarked;
