namespace LinkMonitor.Engine.Fetching;

/// <summary>What is asked for only if it has changed. Only the URL that gave the validators is asked with them, reached the way it was reached then.</summary>
/// <param name="Route">See <see cref="Fingerprint.OfRoute"/>.</param>
internal sealed record VisitConditions(PageValidators Validators, string Route)
{
    /// <summary>The validators for the visit's next request; null for the others.</summary>
    public PageValidators? For(Visit visit) => Fingerprint.OfRoute(visit.Redirects, visit.Current) == Route ? Validators : null;
}
