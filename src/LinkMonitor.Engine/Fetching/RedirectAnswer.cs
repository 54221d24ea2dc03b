using System.Globalization;
using System.Text;
using LinkMonitor.Engine.Urls;

namespace LinkMonitor.Engine.Fetching;

/// <summary>Reads answers that send us elsewhere.</summary>
internal static class RedirectAnswer
{
    /// <summary>
    /// Whether an answer leads elsewhere. One that does not say where, or says nothing, is shown as it stands, as browsers do.
    /// </summary>
    public static bool Is(int status, ResponseHeaders headers) => status is 301 or 302 or 303 or 307 or 308 && Locations(headers).Any();

    /// <summary>Moves the visit on to where the answer points; otherwise says why it cannot be moved.</summary>
    /// <param name="headers">Of an answer that leads elsewhere.</param>
    public static FetchProblem? Follow(Visit visit, ResponseHeaders headers)
    {
        string[] locations = [.. Locations(headers).Select(Escape).Distinct()];
        if (locations.Length > 1)
            return Invalid($"{visit.Current.Host} answered {visit.Status} with several Location headers that differ.");
        if (!WebUrl.TryParse(locations[0], visit.Current, out var next))
            return Invalid($"{visit.Current.Host} redirects ({visit.Status}) to what is no URL: {FetchProblems.Shown(locations[0])}");
        if (!next.IsHttp)
            return Invalid($"{visit.Current.Host} redirects to {FetchProblems.Shown(next.Href)}: the scheme {next.Scheme} is not fetched.");
        if (next.ToRequestUri() is null)
            return Invalid($"{visit.Current.Host} redirects to {FetchProblems.Shown(next.Href)}: its host is not a name that DNS could know.");

        visit.MoveTo(next, visit.Status!.Value);
        return null;
    }

    private static IEnumerable<string> Locations(ResponseHeaders headers) =>
        headers.Values("Location").Select(location => location.Trim()).Where(location => location.Length > 0);

    /// <summary>Bytes above ASCII are escaped as they came, which serves a Location in UTF-8 as well as one in an older encoding.</summary>
    private static string Escape(string latin1)
    {
        var text = new StringBuilder(latin1.Length);
        foreach (var character in latin1)
        {
            if (character < 0x80)
                text.Append(character);
            else
                text.Append('%').Append(((int)character).ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private static FetchProblem Invalid(string message) => new(FetchFailure.InvalidRedirect, message);
}
