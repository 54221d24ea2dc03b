namespace LinkMonitor.Views;

/// <summary>The form that signs in.</summary>
/// <param name="Action">Where the form goes.</param>
/// <param name="Token">The antiforgery token.</param>
/// <param name="Next">The page to go to afterwards, a path of ours.</param>
/// <param name="OneTimeName">Whom a one-time address signs in; null for the form that asks for a key.</param>
/// <param name="Problem">Why it did not work, in a sentence.</param>
public sealed record SignInModel(string Action, string Token, string Next, string? OneTimeName = null, string? Problem = null)
{
    /// <summary>A form that was sent after the session had ended, sealed; null for none.</summary>
    public string? Kept { get; init; }
}

/// <summary>One message and a way on.</summary>
/// <param name="Text">What happened, and what to do.</param>
/// <param name="LinkPath">Where to go from here; null for nowhere.</param>
public sealed record MessageModel(Frame Frame, string Text, string? LinkPath = null, string LinkWords = "Back");
