/**
 * What advice is written against: the invocation of a command, its deadline and its
 * exceptions.
 * <p>
 * Internal except for {@link AmbiguousExecutionException},
 * {@link CallInterruptedException}, {@link CallPart}, {@link CallRecord},
 * {@link ClientClosedException}, {@link ClusterDownException}, {@link CommandAdvice},
 * {@link CommandAdviceFactory}, {@link CommandInvocation},
 * {@link CommandTimeoutException}, {@link ConnectionPoolExhaustedException},
 * {@link CrossSlotException}, {@link NodeEjectedException},
 * {@link NodeUnreachableException}, {@link OvertakenCommandException} and
 * {@link SwitchableAdvice}: may change without notice.
 */
@NullMarked
package io.github.hotplate.execution;

import org.jspecify.annotations.NullMarked;
