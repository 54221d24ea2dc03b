using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Moving;

/// <summary>One entry of a feed.</summary>
/// <param name="Title">White space folded.</param>
/// <param name="Content">Its text or markup, unread.</param>
internal sealed record FeedEntry(WebUrl Page, string Title, string Content);
