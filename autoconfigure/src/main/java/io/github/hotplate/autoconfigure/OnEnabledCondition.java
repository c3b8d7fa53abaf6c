package io.github.hotplate.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.hotplate.config.ClientDeclarations;

/**
 * Matches unless {@code hotplate.enabled} says no. Boot's own condition takes whatever is
 * not {@code true} for a no, and a misspelled value would leave an application without
 * its clients and without a word.
 */
final class OnEnabledCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return new ConditionOutcome(ClientDeclarations.isEnabled(context.getEnvironment()),
				ConditionMessage.forCondition("Hotplate").because("of hotplate.enabled"));
	}

}
