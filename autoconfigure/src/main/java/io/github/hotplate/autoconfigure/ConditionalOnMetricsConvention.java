package io.github.hotplate.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

import io.github.hotplate.config.MetricsConvention;

/**
 * Matches if {@code hotplate.metrics.convention} names a convention.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Conditional(OnMetricsConventionCondition.class)
@interface ConditionalOnMetricsConvention {

	/**
	 * The convention.
	 * @return what must be named
	 */
	MetricsConvention value();

}
