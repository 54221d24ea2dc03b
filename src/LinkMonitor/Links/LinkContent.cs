using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>All that people have written of a link, as a text that changes with it and not with its checks.</summary>
internal static class LinkContent
{
    /// <summary>Besides what they set (<see cref="LinkVersion"/>) their last answer and the document that they handed over.</summary>
    public static string OfPeople(WatchedLink link) =>
        string.Join('-', LinkVersion.Of(link), link.Answer?.At.UtcTicks, link.HandedPage?.At.UtcTicks);
}
