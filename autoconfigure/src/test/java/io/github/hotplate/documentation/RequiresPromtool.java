package io.github.hotplate.documentation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips a test class where {@code promtool} is not installed, and says so in one line of
 * the log. Names of such classes end in {@code PromtoolIntegrationTests}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresPromtoolCondition.class)
public @interface RequiresPromtool {

}
