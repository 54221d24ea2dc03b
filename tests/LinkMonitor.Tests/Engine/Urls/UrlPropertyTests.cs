using FsCheck;
using FsCheck.Fluent;
using LinkMonitor.Engine.Urls;
using LinkMonitor.Tests.Support;

namespace LinkMonitor.Tests.Engine.Urls;

public sealed class UrlPropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    private static readonly string[] Pieces =
    [
        "a", "B", "é", "日", "💩", "%", "%2", "%2e", "%2E", "%25", "%32", "%32e", "%2F", "%5c", "%41", "%7e", "%e9", "%zz", "%20", "+", "/",
        "//", "\\", ".", "..", "?", "#", "&", "&&", "=", "==", "'", "\"", "|", "^", "[", "]", "{", "~", "@", ":", ";", ",", "(", " ", "\t",
        "www.", "utm_source=x", "&gclid=", "&a=1", "&b=2", "C|", "\uD800", "\u0001",
    ];

    private static readonly string[] Starts =
    [
        "http://h", "https://www.example.com", "https://WWW.www.h.", "http://h:8080", "http://h:443", "https://u:p@h:80",
        "http://1.2.3.4..", "http://0x1..", "http://www.com", "http://é.example", "http://",
        "http://www.", "file:", "file:///C:", "foo:", "foo://h", "foo:/.//", "data:", "mailto:x", "ws://h",
    ];

    private static readonly Gen<string> AnyCharacter = ArbMap.Default.GeneratorFor<char>().Select(static c => c.ToString());

    private static readonly Arbitrary<WebUrl> Urls = (
        from start in Gen.Elements(Starts)
        from rest in Gen.ArrayOf(Gen.Frequency((8, Gen.Elements(Pieces)), (1, AnyCharacter)))
        select TestUrls.ParseOrNull(start + string.Concat(rest)))
        .Where(static url => url is not null).Select(static url => url!).ToArbitrary();

    // Two unrelated URLs would hardly ever match.
    private static readonly Arbitrary<(WebUrl, WebUrl)> RelatedUrls = (
        from one in Urls.Generator
        from added in Gen.Elements(Pieces)
        select (one, TestUrls.ParseOrNull(one.Href + added) ?? one)).ToArbitrary();

    [Fact]
    public void Parsing_a_serialised_url_gives_the_same_url() => Check.One(Thorough, Prop.ForAll(Urls, static url =>
        TestUrls.Parse(url.Href) is var again && again.Equals(url)
        && (again.Scheme, again.UserName, again.Password) == (url.Scheme, url.UserName, url.Password)
        && (again.Host, again.Port) == (url.Host, url.Port)
        && (again.Path, again.Query, again.Fragment) == (url.Path, url.Query, url.Fragment)));

    [Fact]
    public void A_serialised_url_is_ascii_without_controls() =>
        Check.One(Thorough, Prop.ForAll(Urls, static url => url.Href.All(static c => c is >= ' ' and <= '~')));

    [Fact]
    public void The_identity_of_a_page_is_its_own_identity() => Check.One(Thorough, Prop.ForAll(Urls, static url =>
        UrlKeys.PageIdentity(url) is var identity
        && TestUrls.Parse(identity.Href).Equals(identity)
        && UrlKeys.PageIdentity(identity).Equals(identity)));

    [Fact]
    public void The_target_key_of_a_target_key_is_itself() => Check.One(Thorough, Prop.ForAll(Urls, static url =>
        UrlKeys.TargetKey(url) is var key && TestUrls.Parse(key).Href == key && UrlKeys.TargetKey(TestUrls.Parse(key)) == key));

    [Fact]
    public void One_page_identity_means_one_target_key() => Check.One(Thorough, Prop.ForAll(Urls, static url =>
        UrlKeys.TargetKey(UrlKeys.PageIdentity(url)) == UrlKeys.TargetKey(url)));

    [Fact]
    public void Every_url_matches_itself_and_a_closer_match_is_also_a_looser_one() =>
        Check.One(Thorough, Prop.ForAll(RelatedUrls, static pair => IsMonotonous(pair.Item1, pair.Item2)));

    [Fact]
    public void A_request_uri_never_names_another_host_or_target() => Check.One(Thorough, Prop.ForAll(Urls, static url =>
        url.ToRequestUri() is not { } uri
        || (uri.PathAndQuery == url.Path + (url.Query is null ? "" : "?" + url.Query)
            && uri.Host == url.Host && uri.Port == url.EffectivePort && uri.UserInfo.Length == 0)));

    private static bool IsMonotonous(WebUrl one, WebUrl other) =>
        TargetMatcher.Matches(one, TargetMatch.Exact, one)
        && Implies(one, other, TargetMatch.Exact, TargetMatch.Page)
        && (!one.IsHttp || Implies(one, other, TargetMatch.Page, TargetMatch.Prefix))
        && Implies(one, other, TargetMatch.Prefix, TargetMatch.Host)
        && (!TargetMatcher.Matches(one, TargetMatch.Host, other) || TargetMatcher.IsSameSite(one, other));

    private static bool Implies(WebUrl target, WebUrl candidate, TargetMatch closer, TargetMatch looser) =>
        !TargetMatcher.Matches(target, closer, candidate) || TargetMatcher.Matches(target, looser, candidate);
}
