namespace LinkMonitor.Storage.Links;

/// <summary>
/// The identity of a watched link in its project: <c>lnk_</c> and 26 lower-case base-32 characters of a SHA-256 over the page's
/// identity, the target and the match mode, so that registering the same link twice gives the same identity.
/// </summary>
public readonly record struct LinkId(string Value)
{
    public override string ToString() => Value;
}
