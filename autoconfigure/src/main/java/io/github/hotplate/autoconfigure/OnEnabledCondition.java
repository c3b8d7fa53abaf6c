package io.github.hotplate.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

import io.github.hotplate.config.ClientDeclarations;

/**
 * Matches unless {@code hotplate.enabled} is {@code false}. Boot's own condition treats
 * every value but {@code true} as {@code false}, so a misspelled one would silently
 * remove the clients.
 */
final class OnEnabledCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		return new ConditionOutcome(ClientDeclarations.isEnabled(context.getEnvironment()),
				ConditionMessage.forCondition("Hotplate").because("of hotplate.enabled"));
	}

}
