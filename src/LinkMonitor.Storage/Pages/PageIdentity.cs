using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Storage.Pages;

/// <summary>What makes two URLs one page.</summary>
internal static class PageIdentity
{
    /// <summary>Text that two URLs share exactly when they are one page.</summary>
    public static string Of(WebUrl page) => UrlKeys.PageIdentity(page).Href;
}
