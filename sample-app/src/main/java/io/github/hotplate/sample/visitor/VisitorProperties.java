package io.github.hotplate.sample.visitor;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the visitor simulator.
 *
 * @param rate Visits a second when the application starts.
 */
@ConfigurationProperties("sample.visitors")
@Validated
record VisitorProperties(@DefaultValue("50") @Min(0) @Max(VisitorSimulator.MAX_RATE) int rate) {

}
