using LinkMonitor.Engine.Links;

namespace LinkMonitor.Engine.Urls;

/// <summary>Whether the URL of a link is the target that is watched.</summary>
public static class TargetMatcher
{
    /// <param name="target">What was registered.</param>
    /// <param name="mode">How closely the link must keep to it.</param>
    /// <param name="candidate">What a link on the page points to.</param>
    public static bool Matches(WebUrl target, TargetMatch mode, WebUrl candidate) => mode switch
    {
        TargetMatch.Page => UrlKeys.TargetKey(target) == UrlKeys.TargetKey(candidate),
        TargetMatch.Exact => WithoutEmptyFragment(target).Equals(WithoutEmptyFragment(candidate)),
        TargetMatch.Prefix => target.IsHttp && candidate.IsHttp && IsBelow(TargetForm.Of(target), TargetForm.Of(candidate)),
        TargetMatch.Host => target.IsHttp && candidate.IsHttp && HostKey(target) == HostKey(candidate),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "Not a target match."),
    };

    /// <summary>
    /// Whether the candidate is the target with parameters added that only say where the reader came from (<see cref="ReferralParameter"/>): the same page for a link that may be written in
    /// any way, told as a notice.
    /// </summary>
    /// <param name="added">The names that were added, in the order of their letters.</param>
    public static bool MatchesWithReferral(WebUrl target, WebUrl candidate, out IReadOnlyList<string> added)
    {
        added = [];
        if (!target.IsHttp || !candidate.IsHttp)
            return false;
        var (wanted, found) = (TargetForm.Of(target), TargetForm.Of(candidate));
        if (wanted.Authority != found.Authority || wanted.Path != found.Path || !HasAll(found.Parameters, wanted.Parameters))
            return false;
        var more = found.Parameters.ToList();
        foreach (var parameter in wanted.Parameters)
            more.Remove(parameter);
        string[] names = [.. more.Select(static parameter => parameter.Split('=')[0])];
        if (names.Length == 0 || !names.All(ReferralParameter.Is))
            return false;
        added = names;
        return true;
    }

    /// <summary>Whether the candidate is the target but for its query, its fragment or the way it is written: another form of one address.</summary>
    public static bool IsVariant(WebUrl target, WebUrl candidate)
    {
        if (!target.IsHttp || !candidate.IsHttp)
            return false;
        var (one, other) = (TargetForm.Of(target), TargetForm.Of(candidate));
        return one.Authority == other.Authority && one.Path == other.Path;
    }

    /// <summary>
    /// Whether the candidate belongs to the target's site: the same host ("www." ignored) or a subdomain of it, on any port of http or
    /// https. An IP address is the same site as itself only. The other way round is not the same site: a target on shop.example.com does
    /// not claim example.com.
    /// </summary>
    public static bool IsSameSite(WebUrl target, WebUrl candidate)
    {
        if (!target.IsHttp || !candidate.IsHttp) return false;

        var host = HostKey(target);
        var other = HostKey(candidate);
        return host == other || (!IsAddress(host) && other.EndsWith("." + host, StringComparison.Ordinal));
    }

    private static bool IsBelow(TargetForm target, TargetForm candidate)
    {
        if (target.Authority != candidate.Authority) return false;
        if (target.Parameters.Count > 0) return target.Path == candidate.Path && HasAll(candidate.Parameters, target.Parameters);
        return candidate.Path == target.Path || candidate.Path.StartsWith(target.Path + "/", StringComparison.Ordinal);
    }

    private static bool HasAll(IReadOnlyList<string> parameters, IReadOnlyList<string> wanted)
    {
        var left = parameters.ToList();
        return wanted.All(left.Remove);
    }

    private static string HostKey(WebUrl url) => TargetForm.HostKey(url.Host!);

    private static bool IsAddress(string host) => host[0] == '[' || Ipv4Host.EndsInNumber(host);

    private static WebUrl WithoutEmptyFragment(WebUrl url) => url.Fragment is "" ? url.WithoutFragment() : url;
}
