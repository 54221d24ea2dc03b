using System.Security.Cryptography;
using System.Text;
using LinkMonitor.Storage.Links;

namespace LinkMonitor.Links;

/// <summary>What people have set of a link, as a text that changes with it and not with its checks: 16 hexadecimal digits.</summary>
internal static class LinkContent
{
    /// <summary>Of what the form of a link shows.</summary>
    public static string OfForm(WatchedLink link) => Hash(Form(link));

    /// <summary>Of all that people write of a link: besides the form whether it is muted, and their last answer.</summary>
    public static string OfPeople(WatchedLink link) =>
        Hash(string.Join('\n', Form(link), link.Muted, link.MutedUntil?.UtcTicks, link.Answer?.At.UtcTicks, link.HandedPage?.At.UtcTicks));

    private static string Form(WatchedLink link) =>
        string.Join('\n', link.Page, link.Expectation, string.Join('\n', link.Tags), link.Note, link.Terms);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}
