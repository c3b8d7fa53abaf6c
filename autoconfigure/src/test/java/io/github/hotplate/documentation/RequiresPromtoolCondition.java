package io.github.hotplate.documentation;

import java.util.Optional;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The condition behind {@link RequiresPromtool}.
 */
class RequiresPromtoolCondition implements ExecutionCondition {

	private static final Log logger = LogFactory.getLog(RequiresPromtoolCondition.class);

	private static final String REASON = "promtool is not on the PATH; Debian and Ubuntu have it in the package prometheus";

	private final Supplier<Optional<Promtool>> promtool;

	RequiresPromtoolCondition() {
		this(Promtool::find);
	}

	RequiresPromtoolCondition(Supplier<Optional<Promtool>> promtool) {
		this.promtool = promtool;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return this.promtool.get()
			.map((found) -> ConditionEvaluationResult.enabled("Found " + found.program()))
			.orElseGet(() -> {
				logger.warn("Skipped " + context.getDisplayName() + ": " + REASON);
				return ConditionEvaluationResult.disabled(REASON);
			});
	}

}
