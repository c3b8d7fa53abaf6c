/**
 * JUnit Jupiter support: one shared embedded Redis of each kind per JVM.
 */
@NullMarked
package io.github.hotplate.test.junit;

import org.jspecify.annotations.NullMarked;
