using Microsoft.AspNetCore.Mvc;

namespace LinkMonitor.Api;

/// <summary>Writes problem documents, whatever the caller would rather have: a refusal in another form would be none that a program can read.</summary>
internal sealed class ProblemAnswers(IProblemDetailsService problems)
{
    /// <returns>Whether it was written; false when the answer has begun.</returns>
    public ValueTask<bool> WriteAsync(HttpContext context, ProblemDetails problem)
    {
        // The framework leaves out what the Accept header does not name.
        context.Request.Headers.Accept = "application/problem+json";
        return problems.TryWriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }
}
