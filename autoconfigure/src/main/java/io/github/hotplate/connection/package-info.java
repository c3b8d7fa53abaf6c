/**
 * Spring Data Redis connections that hand every command to the client's executor.
 */
@NullMarked
package io.github.hotplate.connection;

import org.jspecify.annotations.NullMarked;
