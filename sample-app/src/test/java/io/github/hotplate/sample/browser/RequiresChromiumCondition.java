package io.github.hotplate.sample.browser;

import java.util.Optional;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The condition behind {@link RequiresChromium}.
 */
class RequiresChromiumCondition implements ExecutionCondition {

	private static final Log logger = LogFactory.getLog(RequiresChromiumCondition.class);

	private static final String REASON = "chromium or chromedriver is not on the PATH; "
			+ "Debian and Ubuntu have them as apt install chromium chromium-driver";

	private final Supplier<Optional<Chromium>> chromium;

	RequiresChromiumCondition() {
		this(Chromium::find);
	}

	RequiresChromiumCondition(Supplier<Optional<Chromium>> chromium) {
		this.chromium = chromium;
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return this.chromium.get()
			.map((found) -> ConditionEvaluationResult.enabled("Found " + found.browser()))
			.orElseGet(() -> {
				logger.warn("Skipped " + context.getDisplayName() + ": " + REASON);
				return ConditionEvaluationResult.disabled(REASON);
			});
	}

}
