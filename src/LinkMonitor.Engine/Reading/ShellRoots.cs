using AngleSharp.Dom;

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
    public static bool IsEmptyRoot(IElement element) => IsRoot(element) && IsEmpty(element);

    /// <summary>As a selector.</summary>
    public static string NameOf(IElement element) => element.LocalName == "app-root" ? "app-root" : "#" + element.Id;

    private static bool IsRoot(IElement element) =>
        element.LocalName == "app-root" || (element.LocalName is "div" or "main" or "section" && Ids.Contains(element.Id));

    private static bool IsEmpty(IElement element)
    {
        for (var i = 0; i < element.ChildNodes.Length; i++)
        {
            var child = element.ChildNodes[i]!;
            if (child is IElement || (child is IText text && !string.IsNullOrWhiteSpace(text.Data)))
                return false;
        }

        return true;
    }
}
