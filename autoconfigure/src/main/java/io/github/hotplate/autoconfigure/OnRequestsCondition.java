package io.github.hotplate.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.hotplate.config.RequestConfig;

/**
 * Matches unless {@code hotplate.request.enabled} is {@code false}.
 */
final class OnRequestsCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return new ConditionOutcome(RequestConfig.of(context.getEnvironment()).enabled(),
				ConditionMessage.forCondition("Requests").because("of hotplate.request.enabled"));
	}

}
