FROM base AS build
ARG SERVICE VERSION TRACE
COPY main.sh /src/
RUN compile "$SERVICE" "$VERSION" "$TRACE" < /src/main.sh > program && chmod 755 program && ./program

FROM base
COPY --from=build /app/program /app/
CMD ["/app/program"]
