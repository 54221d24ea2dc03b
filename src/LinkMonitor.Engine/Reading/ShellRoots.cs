using LinkMonitor.Engine.Reading.Trees;

namespace LinkMonitor.Engine.Reading;

/// <summary>
/// The elements that script frameworks fill. Sources: the documentation and the page templates of React and Vite (root, app), Next.js (__next), Nuxt
/// (__nuxt), Gatsby (___gatsby), SvelteKit (svelte), Quasar (q-app), Angular (app-root), Ember (ember-app) and Docusaurus (__docusaurus).
/// </summary>
internal static class ShellRoots
{
    private static readonly string[] Ids =
        ["root", "app", "__next", "__nuxt", "__layout", "___gatsby", "svelte", "q-app", "ember-app", "__docusaurus", "react-root", "main-app", "app-root", "mount"];

    /// <summary>Whether the element is such a root with neither text nor elements in it.</summary>
    public static bool IsEmptyRoot(PageElement element) => IsRoot(element) && IsEmpty(element);

    /// <summary>As a selector.</summary>
    public static string NameOf(PageElement element) => element.Name == "app-root" ? "app-root" : "#" + element.GetAttribute("id");

    private static bool IsRoot(PageElement element) =>
        element.Name == "app-root" || (element.Name is "div" or "main" or "section" && Ids.Contains(element.GetAttribute("id")));

    /// <summary>Whether the element has neither text nor elements in it.</summary>
    public static bool IsEmpty(PageElement element)
    {
        for (var child = element.FirstChild; child is not null; child = child.Next)
        {
            if (child is PageElement || (child is PageText text && !string.IsNullOrWhiteSpace(text.Data)))
                return false;
        }

        return true;
    }
}
