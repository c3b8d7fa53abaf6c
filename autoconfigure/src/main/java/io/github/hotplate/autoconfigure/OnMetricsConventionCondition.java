package io.github.hotplate.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.hotplate.config.MetricsConvention;

/**
 * Condition of {@link ConditionalOnMetricsConvention}.
 */
final class OnMetricsConventionCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		MetricsConvention convention = metadata.getAnnotations()
			.get(ConditionalOnMetricsConvention.class)
			.getEnum("value", MetricsConvention.class);
		return new ConditionOutcome(MetricsConvention.of(context.getEnvironment()).contains(convention),
				ConditionMessage.forCondition(ConditionalOnMetricsConvention.class)
					.because("of hotplate.metrics.convention"));
	}

}
