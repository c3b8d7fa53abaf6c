package io.github.hotplate.reports;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the public report, or the finding, that a test keeps fixed. All of them are in
 * {@code docs/reports.md}.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Report {

	/**
	 * Return the report.
	 * @return the project and number, such as {@code spring-data-redis #3431}, or a short
	 * name where there is none
	 */
	String[] value();

}
