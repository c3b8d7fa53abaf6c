/**
 * Endpoints of Spring Boot's actuator.
 */
@NullMarked
package io.github.hotplate.actuate;

import org.jspecify.annotations.NullMarked;
