/**
 * How every service says that something went wrong: one exception root, one shape of answer.
 *
 * <p>Entry class: {@link dev.kyma.service.problem.KymaException}. Whatever leaves a resource method
 * as an exception, and whatever Quarkus itself refuses (unknown path, wrong method, body too
 * large), reaches the client as {@code application/problem+json} with a stable code, never as a
 * page or a stack trace. Everything here is safe for use by many threads.
 */
@NullMarked
package dev.kyma.service.problem;

import org.jspecify.annotations.NullMarked;
